import 'fake-indexeddb/auto';
import { learnFirstWords } from './locales/first';

learnFirstWords();
