import { pino, type Logger } from 'pino';
import pretty from 'pino-pretty';
import type { Config } from './config.ts';

export type Log = Logger;

/** Lines for people on a terminal, one JSON object a line everywhere else. */
export function createLog(config: Pick<Config, 'logLevel'>): Log {
  const options = { level: config.logLevel, base: null };
  return process.stdout.isTTY
    ? pino(options, pretty({ translateTime: 'SYS:HH:MM:ss', ignore: 'pid,hostname' }))
    : pino(options);
}
