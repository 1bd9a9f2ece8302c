/**
 * The database cannot be opened and a person has to do something. The message says what, first in Chinese, then in
 * English; whoever starts the program prints it without a stack.
 */
export class StartError extends Error {
  override readonly name = 'StartError';

  constructor(zh: string, en: string, cause?: unknown) {
    super(`${zh}\n${en}`, cause === undefined ? undefined : { cause });
  }
}
