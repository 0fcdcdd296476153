// What every page reads: the city, its plan and the status as of the chosen date. Set once, by App.
import { createContext } from 'svelte';
import { api } from '../api/client';
import { Resource } from '../api/resource.svelte';
import type { Area, City, Measure, Named, PlanDocument, Programme, SourceText, Status } from '../api/types';
import { nav } from './nav.svelte';
import { RowLinks } from './rows.svelte';

const byId = <T extends { id: string }>(items: readonly T[] | undefined): Map<string, T> =>
  new Map((items ?? []).map((item) => [item.id, item]));

export class Shared {
  city = new Resource<City>(() => api.city());
  status = new Resource<Status>(() => api.status(nav.asOf));
  plan = new Resource<PlanDocument[]>(() => (nav.place.page === 'plan' ? api.plan() : null));

  rows = new RowLinks();

  goals: Map<string, Named> = $derived(byId(this.city.data?.goals));
  transformations: Map<string, Named> = $derived(byId(this.city.data?.transformations));
  programmes: Map<string, Programme> = $derived(byId(this.city.data?.programmes));
  measures: Map<string, Measure> = $derived(byId(this.city.data?.measures));
  areas: Map<string, Area> = $derived(byId(this.city.data?.areas));
  sources: Map<string, SourceText> = $derived(byId(this.city.data?.sources));
}

export const [getShared, setShared] = createContext<Shared>();
