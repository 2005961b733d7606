// Where text may become markup or a program in the browser: nowhere, but for drawings of our own server, which are parsed as
// inert XML, and for workers of our own files. The content policy (require-trusted-types-for 'script') holds all else to it.

/** What this file uses of the browser's Trusted Types (https://www.w3.org/TR/trusted-types/). */
interface Rules {
  createHTML?: (text: string) => string | null;
  createScriptURL?: (url: string) => string | null;
}
interface Factory {
  createPolicy: (name: string, rules: Rules) => { createHTML: (text: string) => string };
}

// zod looks whether it may compile its checks from text; told beforehand, it does not try, and nothing is reported.
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });

const factory = (globalThis as { trustedTypes?: Factory }).trustedTypes;

/** The built files of the desk lie here, and only these may run in a worker. */
const OWN_FILES = '/desk/';

// What libraries do by themselves: React Aria empties an element by `innerHTML = ''`, and workers are started by address.
factory?.createPolicy('default', {
  createHTML: (text) => (text === '' ? '' : null),
  createScriptURL: (url) => {
    const { origin, pathname } = new URL(url, location.href);
    return origin === location.origin && pathname.startsWith(OWN_FILES) ? url : null;
  },
});

const drawings = factory?.createPolicy('constat-drawing', { createHTML: (text) => text });

/** An SVG drawing as a document of its own, in which nothing runs and nothing is loaded. */
export function parsedDrawing(svg: string): Document {
  return new DOMParser().parseFromString(drawings?.createHTML(svg) ?? svg, 'image/svg+xml');
}
