// How much room there is. Panels that do not fit are not drawn at all, so nothing is drawn twice.
import { MediaQuery } from 'svelte/reactivity';

class Wide {
  #some = new MediaQuery('(min-width: 701px)', true);
  #middle = new MediaQuery('(min-width: 900px)', true);
  #all = new MediaQuery('(min-width: 1240px)', true);
  /** Room for a picture. */
  get some(): boolean {
    return this.#some.current;
  }
  /** Room for the contents beside the text. */
  get middle(): boolean {
    return this.#middle.current;
  }
  /** Room for the chosen target as well. */
  get all(): boolean {
    return this.#all.current;
  }
}

export const wide = new Wide();
