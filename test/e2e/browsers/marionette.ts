/** The wire of Firefox's own remote protocol: `length:[type, id, error, result]` over a loopback socket. */
import { connect, type Socket } from 'node:net';
import { sleep, within } from './process.ts';

export interface Marionette {
  /** Sends one command and waits for its answer; throws what Firefox reports, and after `timeoutMs`. */
  send(name: string, params?: Record<string, unknown>, timeoutMs?: number): Promise<unknown>;
  close(): void;
}

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** Connects as soon as Firefox listens; `hasEnded` lets it give up early. */
export async function connectMarionette(port: number, hasEnded: () => boolean, timeoutMs: number): Promise<Marionette> {
  const socket = await knock(port, hasEnded, timeoutMs);
  const waiting = new Map<number, Waiting>();
  let sequence = 0;
  let greet: (hello: unknown) => void = () => {};
  const greeting = new Promise<unknown>((resolve) => {
    greet = resolve;
  });

  let buffer = Buffer.alloc(0);
  socket.on('data', (chunk) => {
    buffer = Buffer.concat([buffer, chunk]);
    for (;;) {
      const colon = buffer.indexOf(':');
      const length = Number(buffer.subarray(0, colon).toString());
      if (colon < 0 || buffer.length < colon + 1 + length) return;
      const message = JSON.parse(buffer.subarray(colon + 1, colon + 1 + length).toString());
      buffer = buffer.subarray(colon + 1 + length);
      if (!Array.isArray(message)) {
        greet(message);
        continue;
      }
      const [, id, error, result] = message;
      const asked = waiting.get(id);
      waiting.delete(id);
      if (error) asked?.reject(new Error(`${error.error}: ${error.message}`));
      else asked?.resolve(result);
    }
  });
  const failAll = () => {
    for (const asked of waiting.values()) asked.reject(new Error('Firefox closed the connection'));
    waiting.clear();
  };
  socket.on('close', failAll);
  socket.on('error', failAll);
  if ((await within(greeting, 15_000)) === 'late') {
    socket.destroy();
    throw new Error('Firefox sent no greeting');
  }

  return {
    send: async (name, params = {}, answerMs = 40_000) => {
      const id = ++sequence;
      const answer = new Promise<unknown>((resolve, reject) => {
        waiting.set(id, { resolve, reject });
      });
      const text = JSON.stringify([0, id, name, params]);
      socket.write(`${Buffer.byteLength(text)}:${text}`);
      const result = await within(answer, answerMs);
      if (result === 'late') throw new Error(`Firefox did not answer ${name} within ${answerMs} ms`);
      return result;
    },
    close: () => socket.destroy(),
  };
}

async function knock(port: number, hasEnded: () => boolean, timeoutMs: number): Promise<Socket> {
  const until = performance.now() + timeoutMs;
  while (performance.now() < until && !hasEnded()) {
    const socket = await new Promise<Socket | null>((resolve) => {
      const attempt = connect(port, '127.0.0.1', () => {
        attempt.removeAllListeners('error');
        resolve(attempt);
      });
      attempt.once('error', () => resolve(null));
    });
    if (socket) return socket;
    await sleep(150);
  }
  throw new Error(hasEnded() ? 'Firefox ended at once' : `Firefox did not listen within ${timeoutMs} ms`);
}
