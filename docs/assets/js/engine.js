// The page's side of Python: one Worker for the page, started when it is first needed.
// It carries text and never counts: every number is made by Python.

/** @typedef {{field: string, problem: string}} Problem */
/** @typedef {{result: Record<string, any>, view: Record<string, any>} | {outputs: Output[]} | {errors: Problem[]} | {file: File}} Reply */
/** @typedef {import("./calculator-numbers.js").Output} Output */
/** @typedef {{name: string, media_type: string, base64: string}} File */
/** @typedef {"fetching" | "starting" | "unpacking" | "answering"} Stage */
/** @typedef {{stage: Stage | "ready", bytes: number, totalBytes: number}} Progress */
/** @typedef {{name: string, request: object, isRetry: boolean, resolve: (reply: Reply) => void, reject: (error: Error) => void}} Question */

// A wait is given up on when nothing moves, never because it is long: a slow line keeps moving.
const SECONDS_WITHOUT_PROGRESS = 9; // A reader knows within ten.
const SECONDS_FOR_AN_ANSWER = 60; // A long sum sends no sign of life; the page marks the old answer and offers to stop.
/** @type {Record<Stage, string>} */
const STILL = {
  fetching: `Nothing has arrived for ${SECONDS_WITHOUT_PROGRESS} seconds: is there a connection?`,
  starting: `Python has not moved for ${SECONDS_WITHOUT_PROGRESS} seconds while it was starting.`,
  unpacking: `Python has not moved for ${SECONDS_WITHOUT_PROGRESS} seconds while it was starting.`,
  answering: `Python has not answered for ${SECONDS_FOR_AN_ANSWER} seconds.`,
};

/** @type {Worker | null} */
let worker = null;
let isReady = false;
let lastId = 0;
let watchdog = 0;
/** @type {Map<number, Question>} */
const questions = new Map();
/** @type {Set<(progress: Progress) => void>} */
const listeners = new Set();
/** @type {{promise: Promise<void>, resolve: () => void, reject: (error: Error) => void} | null} */
let readiness = null;

/** Asks Python; rejects with a sentence for the reader when Python can't start or has died twice.
 * @param {string} name @param {object} request @returns {Promise<Reply>} */
export function answer(name, request) {
  return new Promise((resolve, reject) => ask(++lastId, { name, request, isRetry: false, resolve, reject }));
}

/** Starts Python unless it is started already; resolves when it is ready to answer.
 * @returns {Promise<void>} */
export function warm() {
  if (worker && readiness) return readiness.promise;
  const begun = withResolvers();
  readiness = begun;
  isReady = false;
  worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
  worker.addEventListener("message", ({ data }) => hear(data));
  worker.addEventListener("error", (event) => {
    event.preventDefault();
    die(isReady ? "Python has stopped." : "The calculator's own script can't be loaded.", isReady);
  });
  watch("fetching");
  return begun.promise;
}

/** Whether Python answers at once. */
export const isWarm = () => isReady;

/** Calls `listener` with each step of the start; returns what ends that.
 * @param {(progress: Progress) => void} listener */
export function onprogress(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Gives up every open question. A sum under way can only be stopped with its Worker: a new one starts. */
export function stop() {
  const open = [...questions.values()];
  questions.clear();
  for (const question of open) question.reject(new Error("Stopped."));
  if (!isReady) return; // Python is still starting, and goes on doing so.
  die("Stopped.", false);
  warm().catch(() => {}); // The next question hears of it.
}

/** @param {number} id @param {Question} question */
function ask(id, question) {
  questions.set(id, question);
  warm().catch(() => {}); // The question itself is rejected with the same sentence.
  worker?.postMessage({ id, name: question.name, request: question.request });
  if (isReady) watch("answering");
}

/** @param {Record<string, any>} message */
function hear(message) {
  if (message.kind === "failed") return die(message.message, false);
  if (message.kind === "progress") {
    watch(message.stage);
    report(message.stage, message.bytes ?? 0, message.totalBytes ?? 0);
    return;
  }
  if (message.kind === "ready") {
    isReady = true;
    readiness?.resolve();
    report("ready", 0, 0);
  } else {
    const question = questions.get(message.id);
    questions.delete(message.id);
    if (message.kind === "answer") question?.resolve(JSON.parse(message.reply));
    else question?.reject(new Error(message.message));
  }
  clearInterval(watchdog);
  if (questions.size) watch("answering");
}

/** Ends the Worker, and refuses the open questions or asks them again: each once, of a new Worker.
 * @param {string} sentence @param {boolean} isAskedAgain */
function die(sentence, isAskedAgain) {
  clearInterval(watchdog);
  worker?.terminate();
  worker = null;
  isReady = false;
  readiness?.reject(new Error(sentence));
  readiness?.promise.catch(() => {}); // Whoever waits hears of it; nobody has to wait.
  const open = [...questions];
  questions.clear();
  for (const [id, question] of open) {
    if (isAskedAgain && !question.isRetry) ask(id, { ...question, isRetry: true });
    else question.reject(new Error(sentence));
  }
}

/** Counts the seconds without a message. A page that sleeps counts none, so waking up is no fault.
 * @param {Stage} stage */
function watch(stage) {
  clearInterval(watchdog);
  let seconds = 0;
  const most = stage === "answering" ? SECONDS_FOR_AN_ANSWER : SECONDS_WITHOUT_PROGRESS;
  watchdog = setInterval(() => {
    // A file that doesn't arrive would not arrive for a new Worker either.
    if (++seconds >= most) die(STILL[stage], stage === "answering");
  }, 1000);
}

/** @param {Progress["stage"]} stage @param {number} bytes @param {number} totalBytes */
function report(stage, bytes, totalBytes) {
  for (const listener of listeners) listener({ stage, bytes, totalBytes });
}

/** @returns {{promise: Promise<void>, resolve: () => void, reject: (error: Error) => void}} */
function withResolvers() {
  /** @type {any} */
  const made = {};
  made.promise = new Promise((resolve, reject) => Object.assign(made, { resolve, reject }));
  return made;
}
