// The log as a library: what a program needs to follow a Constat log, check its proofs and its entries.
export * from './bytes.ts';
export * from './checkpoint.ts';
export * from './entry.ts';
export * from './error.ts';
export * from './follow.ts';
export * from './note.ts';
export * from './proof.ts';
export * from './sequence.ts';
export * from './tile.ts';
export * from './tree.ts';
