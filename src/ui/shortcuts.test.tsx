// Which key was meant, and whose it is. The handling in a page is told by the browser stories.
import { parseHTML } from 'linkedom';
import { describe, expect, test } from 'vitest';
import { belongsToFocus, keyName } from './shortcuts.tsx';

describe('the name of a key', () => {
  test.each([
    ['j', false, 'j'],
    ['J', true, 'Shift+j'],
    // Caps lock alone is not Shift.
    ['J', false, 'j'],
    ['É', true, 'Shift+é'],
    // What is typed counts, not the fingers it takes: on a French keyboard "/" needs Shift as well.
    ['?', true, '?'],
    ['?', false, '?'],
    ['/', true, '/'],
    ['1', false, '1'],
    ['ArrowLeft', false, 'ArrowLeft'],
    ['ArrowLeft', true, 'Shift+ArrowLeft'],
    ['Escape', false, 'Escape'],
    [' ', false, ' '],
  ])('%s with Shift %s is %s', (key, shiftKey, name) => {
    expect(keyName({ key, shiftKey })).toBe(name);
  });
});

describe('a key belongs to what has the focus', () => {
  const { document, Element } = parseHTML(`<main id="none">
    <textarea id="area"></textarea> <input id="text"> <input id="search" type="search"> <select id="select"></select>
    <input id="box" type="checkbox"> <button id="button"><span id="inside">Go</span></button> <a id="link" href="/x">x</a>
    <div id="list" role="listbox"><p id="option" role="option">x</p></div> <p id="edited" contenteditable="true"></p></main>`);
  Object.assign(globalThis, { Element });
  const belongs = (key: string, id: string) => belongsToFocus({ key, target: document.getElementById(id) });

  test.each(['area', 'text', 'search', 'select', 'list', 'option', 'edited'])('every key in %s', (id) => {
    for (const key of ['j', 'Enter', 'ArrowDown', '?']) expect(belongs(key, id)).toBe(true);
  });

  test.each(['button', 'inside', 'link', 'box'])('only what presses it on %s', (id) => {
    for (const key of ['Enter', ' ']) expect(belongs(key, id)).toBe(true);
    for (const key of ['j', 'a', 'ArrowDown', '?']) expect(belongs(key, id)).toBe(false);
  });

  test('none elsewhere', () => {
    for (const key of ['j', 'Enter', ' ']) expect(belongs(key, 'none')).toBe(false);
    expect(belongsToFocus({ key: 'j', target: null })).toBe(false);
  });
});
