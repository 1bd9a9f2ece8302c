import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { ConfigError, readConfig, settings } from './config.ts';

describe('readConfig', () => {
  test('nothing set: a demonstration in the embedded database', () => {
    const config = readConfig({});
    expect(config).toMatchObject({ port: 8080, host: '0.0.0.0', demo: true, poolSize: 16 });
    expect(config.databaseUrl).toBeUndefined();
    expect([...config.roles]).toEqual(['http', 'worker']);
    expect(config.dataFolder).toBe(path.resolve(import.meta.dirname, '../../../data'));
    expect(config.dataFolderChosen).toBe(false);
    expect(config.checkQueries).toBe(false);
  });

  test('a server starts empty unless asked', () => {
    const DATABASE_URL = 'postgres://jingwei@db/jingwei';
    expect(readConfig({ DATABASE_URL }).demo).toBe(false);
    expect(readConfig({ DATABASE_URL, JINGWEI_DEMO: '1' }).demo).toBe(true);
  });

  test('an empty value is not set; a chosen folder is absolute', () => {
    expect(readConfig({ PORT: '', DATABASE_URL: '' })).toMatchObject({ port: 8080, databaseUrl: undefined });
    expect(readConfig({ JINGWEI_DATA: 'there' })).toMatchObject({
      dataFolder: path.resolve('there'),
      dataFolderChosen: true,
    });
    expect(readConfig({ PUBLIC_URL: 'https://jingwei.example/' }).publicUrl).toBe('https://jingwei.example');
    expect([...readConfig({ JINGWEI_ROLES: 'worker, gateway' }).roles]).toEqual(['worker', 'gateway']);
  });

  test.each([
    ['PORT', '80a'],
    ['PORT', '70000'],
    ['PUBLIC_URL', 'jingwei.example'],
    ['DATABASE_URL', 'mysql://root@db/x'],
    ['JINGWEI_ROLES', 'http,cron'],
    ['JINGWEI_DEMO', 'yes'],
    ['JINGWEI_POOL', '0'],
    ['JINGWEI_LOG', 'loud'],
  ])('%s=%s is refused by name', (name, value) => {
    expect(() => readConfig({ [name]: value })).toThrow(ConfigError);
    expect(() => readConfig({ [name]: value })).toThrow(`${name}=${value} cannot be used`);
  });

  test('all wrong settings are named at once, passwords are not', () => {
    const read = () => readConfig({ PORT: 'x', DATABASE_URL: 'mysql://root:secret@db/x' });
    expect(read).toThrow(/DATABASE_URL=mysql:\/\/root:\*\*\*@db[^]*PORT=x/);
  });

  test('the table has the defaults that are used', () => {
    const defaults = Object.fromEntries(settings.map(setting => [setting.name, setting.default]));
    expect(readConfig(defaults)).toEqual({
      ...readConfig({}),
      dataFolder: path.resolve('data'),
      dataFolderChosen: true,
    });
  });
});
