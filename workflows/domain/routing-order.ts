import type { AutomaticMode } from './routing-policy.ts';
import { PRECEDENCE } from './routing-seat.ts';
import type { How, Seat } from './routing-seat.ts';

type Compare = (a: Seat, b: Seat) => number;

/** Seats kept in order while one at a time changes its place. */
class SeatOrder {
  readonly seats: Seat[];

  constructor(
    seats: readonly Seat[],
    private readonly compare: Compare,
  ) {
    this.seats = [...seats].sort(compare);
  }

  /** Puts a seat whose load or turn changed where it now belongs. */
  replace(seat: Seat): void {
    this.seats.splice(this.seats.indexOf(seat), 1);
    let low = 0;
    let high = this.seats.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = this.seats[middle];
      if (other !== undefined && this.compare(other, seat) < 0) low = middle + 1;
      else high = middle;
    }
    this.seats.splice(low, 0, seat);
  }
}

/** The orders in which a pass asks: each built when first needed, each kept right from then on. */
export class SeatOrders {
  private readonly orders = new Map<string, SeatOrder>();

  constructor(private readonly seats: readonly Seat[]) {}

  of(mode: AutomaticMode, how: How): readonly Seat[] {
    const key = `${how} ${mode}`;
    const known = this.orders.get(key);
    if (known !== undefined) return known.seats;
    const order = new SeatOrder(this.seats, how === 'available' ? PRECEDENCE[mode] : bySoonestShift(mode));
    this.orders.set(key, order);
    return order.seats;
  }

  replace(seat: Seat): void {
    for (const order of this.orders.values()) order.replace(seat);
  }
}

function bySoonestShift(mode: AutomaticMode): Compare {
  const startsAt = ({ operator: { availability } }: Seat) => availability.backAt ?? Number.MAX_SAFE_INTEGER;
  return (a, b) => startsAt(a) - startsAt(b) || PRECEDENCE[mode](a, b);
}
