// The numbers of a calculator: they follow the typing, ahead of the rest of their answer.

/** @typedef {{name: string, text: string, value: unknown}} Output */

export class Numbers {
  /** @type {HTMLElement} */
  #calculator;
  /** @type {{output: HTMLOutputElement, text: string, value: string | undefined}[] | null} */
  #replaced = null; // Those of the last whole answer, while newer ones stand in their place.

  /** @param {HTMLElement} calculator */
  constructor(calculator) {
    this.#calculator = calculator;
  }

  /** Whether numbers are shown whose answer has not come yet. */
  get areAhead() {
    return this.#replaced !== null;
  }

  /** Shows the numbers of a whole answer. @param {Output[]} outputs */
  show(outputs) {
    this.#replaced = null;
    this.#put(outputs);
  }

  /** Shows numbers ahead of their answer. @param {Output[]} outputs */
  lead(outputs) {
    this.#replaced ??= this.#all().map((output) => ({
      output,
      text: output.textContent ?? "",
      value: output.dataset.value,
    }));
    this.#put(outputs);
  }

  /** Shows the numbers of the last whole answer again: the one that was wanted does not come. */
  takeBack() {
    for (const { output, text, value } of this.#replaced ?? []) {
      output.textContent = text;
      output.dataset.value = value;
    }
    this.#replaced = null;
  }

  /** @param {Output[]} outputs whose value is unrounded, for whoever reads the page by script */
  #put(outputs) {
    const known = new Map(this.#all().map((output) => [output.name, output]));
    for (const { name, text, value } of outputs) {
      const output = known.get(name);
      if (!output) continue;
      output.dataset.value = JSON.stringify(value);
      if (output.textContent !== text) output.textContent = text;
    }
  }

  #all() {
    return [...this.#calculator.querySelectorAll("output")];
  }
}
