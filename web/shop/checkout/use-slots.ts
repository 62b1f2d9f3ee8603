import { useEffect, useState } from 'react';
import { failureOf } from '../../shared/api/client.ts';
import { type Fulfillment, type PlaceFragment, SlotsDocument } from '../../shared/api/gql/graphql.ts';
import { useShop } from '../shop.tsx';
import { type Day, dateThere, ofDay, type SlotThere } from './days.rules.ts';

const page = 100; // as when.graphql asks for
const mostPages = 4;

/** The slots of a day; undefined while they are asked for. */
export function useSlots(place: PlaceFragment, fulfillment: Fulfillment, day: Day | undefined) {
  const { client } = useShop();
  const [found, find] = useState<{ readonly of: string; readonly slots: readonly SlotThere[]; readonly failure: string | null }>();
  const key = `${fulfillment} ${day?.date}`;
  useEffect(() => {
    if (!day) return;
    let isOver = false;
    const ask = async () => {
      const slots: SlotThere[] = [];
      let from = day.from;
      for (let asked = 0; asked < mostPages; asked++) {
        const { data, error } = await client.query(SlotsDocument, { locationId: place.id, from }, { requestPolicy: 'network-only' }).toPromise();
        if (isOver) return;
        if (error) return find({ of: key, slots: [], failure: failureOf(error) });
        const more = data?.location?.services.find((service) => service.fulfillment === fulfillment)?.slots ?? [];
        slots.push(...more);
        const last = more.at(-1);
        if (!last || more.length < page || dateThere(last.start, place.timeZone) > day.date) break;
        from = last.end;
      }
      find({ of: key, slots: ofDay(slots, day.date, place.timeZone), failure: null });
    };
    void ask();
    return () => {
      isOver = true;
    };
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the key names the day, which is made anew at each drawing
  }, [client, place, fulfillment, key]);
  return found?.of === key ? found : undefined;
}
