// Fetching from addresses, against real servers on this machine: what may be reached, how much it may cost, what is kept.
import { execFileSync } from 'node:child_process';
import { createHash, X509Certificate } from 'node:crypto';
import type { LookupAddress } from 'node:dns';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import http, { type RequestListener } from 'node:http';
import https from 'node:https';
import net, { type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { Capture } from '../record/capture.ts';
import { Problem } from '../record/problem.ts';
import { type Fetched, fetchAddress } from './fetch-address.ts';
import { isPublicAddress, PUBLIC_WEB, type Reach } from './public-web.ts';

/** Stands for the public web: on Linux all of 127.0.0.0/8 is this machine, so two servers have two addresses. */
const WEB = '127.0.0.2';
/** Stands for what must not be reached. */
const INSIDE = '127.0.0.1';

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    if ('closeAllConnections' in server) (server as http.Server).closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

async function listen(server: Server, address: string): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, address, resolve));
  servers.push(server);
  return (server.address() as AddressInfo).port;
}
const serve = (answer: RequestListener, address = WEB) => listen(http.createServer(answer), address);

/** A server that writes whatever it is given to the line. */
const serveRaw = (speak: (socket: net.Socket) => void) =>
  listen(
    net.createServer((socket) => {
      socket.on('error', () => {});
      socket.once('data', () => speak(socket));
    }),
    WEB,
  );

/** Reaches the "web" of these tests; names resolve to what is given, one answer after the other. */
function reach(...answers: string[][]): Reach {
  let asked = 0;
  return {
    isOpen: (address) => address === WEB,
    ports: null,
    resolve: (_host, _options, answer) => {
      const some = answers[Math.min(asked++, answers.length - 1)] ?? [WEB];
      answer(
        null,
        some.map((address): LookupAddress => ({ address, family: net.isIPv6(address) ? 6 : 4 })),
      );
    },
  };
}

/** A certificate that vouches for itself, made by the system's openssl. */
function certificateFor(host: string): { key: string; cert: string } {
  const folder = mkdtempSync(join(tmpdir(), 'constat-certificate-'));
  try {
    const file = (name: string) => join(folder, name);
    execFileSync(
      'openssl',
      [
        ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'],
        ...['-subj', `/CN=${host}`, '-addext', `subjectAltName=DNS:${host}`],
        ...['-keyout', file('key.pem'), '-out', file('cert.pem')],
      ],
      { stdio: 'ignore' },
    );
    return { key: readFileSync(file('key.pem'), 'utf8'), cert: readFileSync(file('cert.pem'), 'utf8') };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const LIMITS = { body: 1_000_000, seconds: 20 };

async function readAll({ chunks, capture, address }: Fetched) {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return { bytes: Buffer.concat(parts), capture: capture(), address };
}
const fetched = async (address: string, options: { reach?: Reach; limits?: typeof LIMITS } = {}) =>
  readAll(await fetchAddress(address, options.limits ?? LIMITS, { reach: options.reach ?? reach() }));
/** The code of the problem that fetching ends with. */
const problemOf = (...given: Parameters<typeof fetched>) =>
  fetched(...given).then(
    () => 'none',
    (error: unknown) => (error instanceof Problem ? error.code : Promise.reject(error)),
  );

describe('what is fetched', () => {
  it('is the body as it came, with every step and header in the capture', async () => {
    const page = '<!doctype html><title>A notice</title><p>The site closes on Monday.</p>';
    const port = await serve((request, response) => {
      if (request.url === '/old') {
        response.writeHead(302, { Location: '/new?a=1#part', 'Set-Cookie': 'who=you' }).end('moved');
        return;
      }
      expect(request.headers.cookie).toBeUndefined();
      expect(request.headers.referer).toBeUndefined();
      expect(request.headers['user-agent']).toMatch(/^Constat\//);
      response.writeHead(200, ['Content-Type', 'text/html', 'X-One', 'a', 'X-One', 'b']).end(page);
    });
    const { bytes, capture, address } = await fetched(`http://paper.example:${port}/old`);
    expect(bytes.toString()).toBe(page);
    expect(address).toBe(`http://paper.example:${port}/new?a=1`);
    expect(Capture.parse(capture)).toEqual(capture);
    expect(capture).toMatchObject({
      requested: `http://paper.example:${port}/old`,
      address,
      body: { sha256: createHash('sha256').update(page).digest('hex'), bytes: page.length, packed: null },
    });
    expect(capture.hops.map(({ status, dialled }) => [status, dialled])).toEqual([
      [302, { address: WEB, port }],
      [200, { address: WEB, port }],
    ]);
    expect(capture.hops[0]!.headers).toContainEqual(['Set-Cookie', 'who=you']);
    expect(capture.hops[1]!.headers.filter(([name]) => name === 'X-One')).toEqual([
      ['X-One', 'a'],
      ['X-One', 'b'],
    ]);
    for (const at of [capture.startedAt, capture.endedAt, capture.hops[0]!.askedAt])
      expect(at).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  });

  it('is unpacked, and the hash of what came over the line kept', async () => {
    const page = 'Two hundred tents, it says. '.repeat(500);
    for (const [coding, packed] of [
      ['gzip', gzipSync(page)],
      ['br', brotliCompressSync(page)],
      ['deflate', deflateSync(page)],
    ] as const) {
      const port = await serve((_, response) =>
        response.writeHead(200, { 'Content-Encoding': coding }).end(packed),
      );
      const { bytes, capture } = await fetched(`http://paper.example:${port}/`);
      expect(bytes.toString()).toBe(page);
      expect(capture.body.packed).toEqual({
        coding,
        bytes: packed.length,
        sha256: createHash('sha256').update(packed).digest('hex'),
      });
    }
  });
});

describe('a secure address', () => {
  it('is believed by its certificate alone, which the capture names', async () => {
    const { key, cert } = certificateFor('paper.example');
    const port = await listen(
      https.createServer({ key, cert }, (_, response) => response.end('by certificate')),
      WEB,
    );
    const address = `https://paper.example:${port}/`;
    expect(await problemOf(address)).toBe('address.certificate');
    const trusting = { ...reach(), certificates: cert };
    expect(await problemOf(`https://other.example:${port}/`, { reach: trusting })).toBe(
      'address.certificate',
    );
    const { capture } = await fetched(address, { reach: trusting });
    const { fingerprint256 } = new X509Certificate(cert);
    expect(capture.hops[0]!.certificate).toMatchObject({
      fingerprint: fingerprint256,
      subject: 'CN=paper.example',
      protocol: 'TLSv1.3',
    });
  });
});

describe('what is reached', () => {
  it('is never this machine, by name, by number, in any spelling, or by redirect', async () => {
    let asked = 0;
    const inside = await serve((_, response) => {
      asked++;
      response.end('secret');
    }, INSIDE);
    for (const host of [INSIDE, '127.1', '0x7f000001', '2130706433', '[::ffff:127.0.0.1]', '0', '[::1]'])
      expect([host, await problemOf(`http://${host}:${inside}/`)]).toEqual([host, 'address.refused']);
    expect(await problemOf(`http://inside.example:${inside}/`, { reach: reach([INSIDE]) })).toBe(
      'address.refused',
    );
    for (const location of [`http://${INSIDE}:${inside}/`, `//${INSIDE}:${inside}`, 'file:///etc/passwd']) {
      const port = await serve((_, response) => response.writeHead(301, { location }).end());
      expect([location, await problemOf(`http://paper.example:${port}/`)]).toEqual([
        location,
        'address.refused',
      ]);
    }
    expect(asked).toBe(0);
  });

  it('is told by the address dialled, so that a name that changes its mind reaches nothing', async () => {
    let asked = 0;
    const inside = await serve((_, response) => {
      asked++;
      response.end('secret');
    }, INSIDE);
    // The first answer is harmless, every later one is not; the second hop is to the same name.
    const port = await serve((_, response) =>
      response.writeHead(302, { location: `http://rebinding.example:${inside}/` }).end(),
    );
    const rebinding = reach([WEB], [INSIDE]);
    expect(await problemOf(`http://rebinding.example:${port}/`, { reach: rebinding })).toBe(
      'address.refused',
    );
    // Of several addresses only those that may be dialled are tried, whichever comes first.
    const mixed = reach([INSIDE, WEB]);
    const { capture } = await fetched(`http://mixed.example:${await serve((_, r) => r.end('open'))}/`, {
      reach: mixed,
    });
    expect(capture.hops[0]!.dialled.address).toBe(WEB);
    expect(asked).toBe(0);
  });

  it('is the public internet: what IANA keeps for other uses is not, nor what stands for IPv4', () => {
    for (const address of [
      ...['0.0.0.0', '10.1.2.3', '100.64.0.1', '100.100.100.200', '127.0.0.1', '127.255.255.255'],
      ...['169.254.169.254', '172.16.0.1', '172.31.255.255', '192.0.0.192', '192.168.1.1', '192.88.99.1'],
      ...['198.18.0.1', '203.0.113.9', '224.0.0.1', '240.0.0.1', '255.255.255.255', '168.63.129.16'],
      ...['::', '::1', '::127.0.0.1', '::8.8.8.8', '::ffff:8.8.8.8', '::ffff:127.0.0.1', 'fe80::1'],
      ...['fe80::1%eth0', 'fc00::1', 'fd00:ec2::254', 'fec0::1', 'ff02::1', '64:ff9b::7f00:1'],
      ...['64:ff9b:1::7f00:1', '2002:7f00:1::1', '2001::1', '2001:db8::1', '3fff::1', '5f00::1', '100::1'],
      ...['paper.example', '', '1.2.3.4.5'],
    ])
      expect([address, isPublicAddress(address)]).toEqual([address, false]);
    for (const address of ['8.8.8.8', '93.184.216.34', '2606:4700::1111', '2a00:1450:4007::200e'])
      expect([address, isPublicAddress(address)]).toEqual([address, true]);
    // Every IPv4 address that is refused is refused in each of its IPv6 forms too.
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        const [a, b, c, d] = address.split('.').map((part) => Number(part).toString(16).padStart(2, '0'));
        const hex = `${a}${b}:${c}${d}`;
        for (const form of [`::ffff:${hex}`, `64:ff9b::${hex}`, `2002:${hex}::1`, `::${hex}`])
          expect(isPublicAddress(form)).toBe(false);
      }),
    );
  });

  it('is asked for over the web’s own ports, without names and passwords', async () => {
    const strict: Reach = { ...reach(), ports: PUBLIC_WEB.ports };
    for (const port of [22, 25, 6379, 8080])
      expect(await problemOf(`http://paper.example:${port}/`, { reach: strict })).toBe('address.port');
    expect(await problemOf('https://a:b@paper.example/', { reach: strict })).toBe('address.credentials');
    expect(await problemOf('http://a@paper.example/', { reach: strict })).toBe('address.credentials');
    expect(await problemOf('ftp://paper.example/', { reach: strict })).toBe('address.refused');
  });

  it('leads on five times and no more', async () => {
    let asked = 0;
    const port = await serve((_, response) => {
      asked++;
      response.writeHead(307, { location: '/again' }).end();
    });
    expect(await problemOf(`http://paper.example:${port}/`)).toBe('address.redirects');
    expect(asked).toBe(6);
  });

  it('says what it answered when that was no page', async () => {
    for (const status of [204, 304, 401, 404, 500]) {
      const port = await serve((_, response) => response.writeHead(status).end());
      const because = await fetched(`http://paper.example:${port}/`).catch((error: Problem) => error);
      if (status === 204) expect(because).toMatchObject({ bytes: Buffer.alloc(0) });
      else expect(because).toMatchObject({ code: 'address.status', details: { status } });
    }
    expect(await problemOf('http://nobody.example:9/')).toBe('address.silent');
  });
});

describe('what it costs', () => {
  it('is bounded in time, however slowly it drips', async () => {
    const drip = (before: string, each: string) =>
      serveRaw((socket) => {
        socket.write(before);
        const timer = setInterval(() => socket.write(each), 50);
        socket.on('close', () => clearInterval(timer));
      });
    const limits = { ...LIMITS, seconds: 1 };
    for (const port of [
      await drip('HTTP/1.1 200 OK\r\n\r\n', 'x'),
      await drip('HTTP/1.1 200 OK\r\n', 'X-A: b\r\n'),
      await drip('', 'HTTP/1.1 103 Early Hints\r\n\r\n'),
    ])
      expect(await problemOf(`http://slow.example:${port}/`, { limits })).toBe('address.slow');
  });

  it('is bounded in size: announced, endless, unpacked, and of the headers', async () => {
    const announced = await serve((_, response) =>
      response.writeHead(200, { 'Content-Length': '5000000000' }).write('x'),
    );
    const endless = await serve((_, response) => {
      const more = () => {
        while (response.writable && response.write(Buffer.alloc(65_536, 'x')));
      };
      response.on('drain', more);
      more();
    });
    const bomb = await serve((_, response) =>
      response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(gzipSync(Buffer.alloc(50_000_000))),
    );
    for (const port of [announced, endless, bomb])
      expect(await problemOf(`http://large.example:${port}/`)).toBe('source.too-large');
    const headers = await serveRaw((socket) =>
      socket.write(`HTTP/1.1 200 OK\r\nX-A: ${'b'.repeat(200_000)}\r\n\r\n`),
    );
    expect(await problemOf(`http://large.example:${headers}/`)).toBe('address.unreadable');
  });

  it('ends with a sentence where the answer is none', async () => {
    const raw = async (words: string) => {
      const port = await serveRaw((socket) => socket.end(words));
      return problemOf(`http://odd.example:${port}/`);
    };
    expect(await raw('SSH-2.0-OpenSSH_9.2\r\n')).toBe('address.unreadable');
    expect(await raw('')).toBe('address.silent');
    expect(await raw('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort')).toBe('address.silent');
    expect(await raw('HTTP/1.1 302 Found\r\nLocation: http://[\r\n\r\n')).toBe('address.unreadable');
    expect(await raw('HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\nnot gzip at all')).toBe(
      'address.unreadable',
    );
    expect(await raw('HTTP/1.1 200 OK\r\nContent-Encoding: gzip, gzip\r\n\r\nx')).toBe('address.unreadable');
    expect(await raw('HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n')).toBe(
      'address.silent',
    );
  });

  it('is a few at a time, and nothing is left open when the person gives up', async () => {
    let open = 0;
    const port = await serve((request, response) => {
      open++;
      request.on('close', () => open--);
      response.writeHead(200).write('begun');
    });
    const giving = new AbortController();
    const address = `http://slow.example:${port}/`;
    const many = Array.from({ length: 4 }, async () =>
      readAll(await fetchAddress(address, LIMITS, { reach: reach(), signal: giving.signal })).catch(
        (error: Problem) => error.code,
      ),
    );
    await expect.poll(() => open).toBe(4);
    expect(await problemOf(address)).toBe('address.busy');
    giving.abort();
    expect(await Promise.all(many)).toEqual(Array(4).fill('address.silent'));
    await expect.poll(() => open).toBe(0);
    const next = await serve((_, response) => response.end('done'));
    expect((await fetched(`http://paper.example:${next}/`)).bytes.toString()).toBe('done');
  });
});
