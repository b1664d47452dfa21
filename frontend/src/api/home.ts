import type { Answer } from '../lib/result';
import { send } from './client';
import type { components } from './types';

export type Home = components['schemas']['Home'];
export type HomeSection = components['schemas']['HomeSection'];
export type HomeRow = components['schemas']['HomeRow'];

/** The work of today, for the roles that are held. */
export const getHome = (): Promise<Answer<Home>> => send('GET', '/api/home');
