import type { Answer } from '../lib/result';
import { send } from './client';
import type { components } from './types';

type Schemas = components['schemas'];
export type Calibration = Schemas['Calibration'];
export type CalibrationStanding = Schemas['CalibrationStanding'];

/** How far a rating wobbles by itself, as each commissioner in sight has it, and all that was signed. */
export const getCalibrations = (): Promise<Answer<Schemas['CalibrationList']>> => send('GET', '/api/calibrations');

/** Sign provisional or published figures: a new version, from its first day. */
export const postCalibration = (body: Schemas['SignedInputs']): Promise<Answer<Calibration>> => send('POST', '/api/calibrations', body);

/** Sign what the pairs of ratings taken anyway say. */
export const postRoutineCalibration = (body: Schemas['RoutineCalibration']): Promise<Answer<Calibration>> =>
  send('POST', '/api/calibrations/routine', body);
