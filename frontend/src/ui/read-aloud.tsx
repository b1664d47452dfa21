import { useEffect, useState } from 'preact/hooks';
import { language } from '../lib/i18n';
import { Icon } from './icon';

/** A voice of the device itself: one from a network would send the person's question away. */
function localVoice(): SpeechSynthesisVoice | null {
  if (!('speechSynthesis' in window)) return null;
  const voices = speechSynthesis.getVoices().filter(voice => voice.localService && voice.lang.startsWith(language.value));
  return voices.find(voice => voice.lang === 'en-GB') ?? voices[0] ?? null;
}

export interface ReadAloudProps {
  text: string;
  /** The button's words, before and while it reads. */
  start: string;
  stop: string;
}

/** Reads the page aloud, and stops; there is no such button on a device without a voice of its own. */
export function ReadAloud({ text, start, stop }: ReadAloudProps) {
  const [voice, setVoice] = useState(localVoice);
  const [speaking, setSpeaking] = useState(false);
  useEffect(() => {
    if (!('speechSynthesis' in window)) return;
    const look = () => setVoice(localVoice());
    speechSynthesis.addEventListener('voiceschanged', look);
    return () => {
      speechSynthesis.removeEventListener('voiceschanged', look);
      speechSynthesis.cancel();
    };
  }, []);
  if (!voice) return null;
  const toggle = () => {
    speechSynthesis.cancel();
    setSpeaking(!speaking);
    if (speaking) return;
    const speech = new SpeechSynthesisUtterance(text);
    speech.voice = voice;
    speech.lang = voice.lang;
    speech.rate = 0.9;
    speech.onend = () => setSpeaking(false);
    speechSynthesis.speak(speech);
  };
  return (
    <button class="aid" type="button" aria-pressed={speaking} onClick={toggle}>
      <Icon name="speak" /><span>{speaking ? stop : start}</span>
    </button>
  );
}
