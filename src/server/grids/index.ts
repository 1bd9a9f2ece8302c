export { openTerritory } from './territory.ts';
export { resolvePlace } from './places.ts';
export { addGrid, addStreet, addUnit, appoint, initialsOf, postNameOf } from './service.ts';
export { insertDivision, saveDivision } from './queries.ts';
export type { Territory } from './territory.ts';
export type { NewUnit } from './service.ts';
