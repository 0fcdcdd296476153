// The words in the reader's language. `words.t` follows the `lang` key of the address.
import { nav } from '../lib/nav.svelte';
import type { Text } from '../api/types';
import { pick, reasons, titleOf } from '../lib/verdict';
import { en } from './en';
import { zh, type Messages } from './zh';

class Words {
  t: Messages = $derived(nav.lang === 'en' ? en : zh);

  /** A text of the data in the reader's language. */
  text(value: Text | null | undefined): string {
    return pick(value, nav.lang);
  }

  /** One half of `中文 / English`, as the server and the browser say things. */
  said(message: string): string {
    const [zh = message, en = message] = message.split(' / ');
    return nav.lang === 'en' ? en : zh;
  }

  title(item: { id: string; title: string; title_en: string }): string {
    return titleOf(item, nav.lang);
  }

  reasons(item: { because: string[]; because_en: string[] }): string[] {
    return reasons(item, nav.lang);
  }
}

export const words = new Words();
