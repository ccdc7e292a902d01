// Frames of other sites may be denied storage; the theme and its search then stop with an error.
// Where storage can't be had, this puts one in its place that lasts as long as the page.

(() => {
  /** @returns {Storage} a storage that forgets when the page goes */
  const inMemory = () => {
    const kept = new Map();
    return {
      get length() {
        return kept.size;
      },
      clear: () => kept.clear(),
      getItem: (key) => kept.get(String(key)) ?? null,
      key: (index) => [...kept.keys()][index] ?? null,
      removeItem: (key) => void kept.delete(String(key)),
      setItem: (key, value) => void kept.set(String(key), String(value)),
    };
  };

  for (const name of ["localStorage", "sessionStorage"]) {
    try {
      window[name].getItem("");
    } catch {
      Object.defineProperty(window, name, { value: inMemory(), configurable: true });
    }
  }
})();
