import type { Answer } from '../lib/result';
import { send } from './client';
import type { components } from './types';

type Schemas = components['schemas'];
export type Signal = Schemas['Signal'];
export type SignalList = Schemas['SignalList'];
export type SignalRecord = Schemas['SignalRecord'];

/** What stands out: to managers in their own teams' records, to the prime's staff what they have been told. */
export const getSignals = (): Promise<Answer<SignalList>> => send('GET', '/api/signals');

/** What a signal was seen in; the team's managers alone may ask. */
export const getSignalRecords = (signalId: string): Promise<Answer<Schemas['SignalRecordList']>> =>
  send('GET', `/api/signals/${signalId}/records`);

/** Say what there is to say to it; the prime reads it from then on. */
export const postSignalAnswer = (signalId: string, words: string): Promise<Answer<Signal>> =>
  send('POST', `/api/signals/${signalId}/answers`, { words });
