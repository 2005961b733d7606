// Files on their way through age (https://age-encryption.org/v1): encrypted while they arrive, decrypted while they are
// sent. Nothing of the plain bytes touches the disk.
import { ReadableStream } from 'node:stream/web';
import { Decrypter, Encrypter } from 'age-encryption';

type Chunks = AsyncIterable<Uint8Array>;

/** What arrives, as a binary age file for a recipient. An error of the sender ends it with that error. */
export async function* encryptedFor(recipient: string, chunks: Chunks): AsyncGenerator<Uint8Array> {
  const encrypter = new Encrypter();
  encrypter.addRecipient(recipient);
  yield* (await encrypter.encrypt(streamOf(chunks))) as unknown as Chunks;
}

/** The plain bytes of a binary age file. Throws what the age library throws, after what it had found whole. */
export async function* decryptedWith(identity: string, chunks: Chunks): AsyncGenerator<Uint8Array> {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  yield* (await decrypter.decrypt(streamOf(chunks))) as unknown as Chunks;
}

/** Chunks in memory as one. */
export async function collected(chunks: Chunks): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return Buffer.concat(parts);
}

/** Bytes in memory as chunks. */
export async function* chunksOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

// The library's types know the browser's streams, which Node's are.
function streamOf(chunks: Chunks): globalThis.ReadableStream<Uint8Array> {
  return ReadableStream.from(chunks) as unknown as globalThis.ReadableStream<Uint8Array>;
}
