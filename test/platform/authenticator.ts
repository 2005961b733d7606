/** An authenticator in software: makes passkeys and signs with them as WebAuthn Level 3 says, and wrongly where a test asks. */
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

/** What a test may have it do wrong. */
export interface Fault {
  origin?: string;
  host?: string;
  challenge?: string;
  /** The person was there but nobody looked who it was. */
  unverified?: boolean;
  counter?: number;
  /** Signed by another key. */
  forged?: boolean;
}

type Cbor = number | string | Uint8Array | Map<number | string, Cbor>;

/** The few forms of CBOR (RFC 8949 §3.1) that are needed. */
function cbor(value: Cbor): Buffer {
  const head = (major: number, size: number) =>
    size < 24
      ? Buffer.from([(major << 5) | size])
      : size < 256
        ? Buffer.from([(major << 5) | 24, size])
        : Buffer.from([(major << 5) | 25, size >> 8, size & 255]);
  if (typeof value === 'number') return value >= 0 ? head(0, value) : head(1, -1 - value);
  if (typeof value === 'string')
    return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (value instanceof Map)
    return Buffer.concat([
      head(5, value.size),
      ...[...value].flatMap(([key, field]) => [cbor(key), cbor(field)]),
    ]);
  return Buffer.concat([head(2, value.length), value]);
}

const sha256 = (data: string | Uint8Array) => createHash('sha256').update(data).digest();
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');

/** One passkey. */
export class Authenticator {
  readonly id = text(randomBytes(32));
  readonly #keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  readonly #home: { origin: string; host: string };
  #counter = 0;

  constructor(origin: string) {
    this.#home = { origin, host: new URL(origin).hostname };
  }

  #clientData(type: string, challenge: string, fault: Fault): string {
    return JSON.stringify({
      type,
      challenge: fault.challenge ?? challenge,
      origin: fault.origin ?? this.#home.origin,
      crossOrigin: false,
    });
  }

  #authenticatorData(fault: Fault, attested?: Buffer): Buffer {
    const flags = 0x01 | (fault.unverified ? 0 : 0x04) | (attested ? 0x40 : 0);
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(fault.counter ?? ++this.#counter);
    const parts = [sha256(fault.host ?? this.#home.host), Buffer.from([flags]), counter];
    return Buffer.concat(attested ? [...parts, attested] : parts);
  }

  /** Answers navigator.credentials.create. */
  create({ challenge }: { challenge: string }, fault: Fault = {}) {
    const { x, y } = this.#keys.publicKey.export({ format: 'jwk' });
    const key = new Map<number, Cbor>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, Buffer.from(x!, 'base64url')],
      [-3, Buffer.from(y!, 'base64url')],
    ]);
    const id = Buffer.from(this.id, 'base64url');
    const attested = Buffer.concat([Buffer.alloc(16), Buffer.from([0, id.length]), id, cbor(key)]);
    const attestation = new Map<string, Cbor>([
      ['fmt', 'none'],
      ['attStmt', new Map()],
      ['authData', this.#authenticatorData(fault, attested)],
    ]);
    return {
      id: this.id,
      rawId: this.id,
      type: 'public-key' as const,
      response: {
        clientDataJSON: text(Buffer.from(this.#clientData('webauthn.create', challenge, fault))),
        attestationObject: text(cbor(attestation)),
        transports: ['internal'],
      },
      clientExtensionResults: {},
    };
  }

  /** Answers navigator.credentials.get. */
  get({ challenge }: { challenge: string }, fault: Fault = {}) {
    const clientData = this.#clientData('webauthn.get', challenge, fault);
    const data = this.#authenticatorData(fault);
    const key: KeyObject = fault.forged
      ? generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
      : this.#keys.privateKey;
    return {
      id: this.id,
      rawId: this.id,
      type: 'public-key' as const,
      response: {
        clientDataJSON: text(Buffer.from(clientData)),
        authenticatorData: text(data),
        signature: text(sign('sha256', Buffer.concat([data, sha256(clientData)]), key)),
      },
      clientExtensionResults: {},
    };
  }
}
