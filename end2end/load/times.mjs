// Durations, kept as counts of tenths of a millisecond so that processes can add
// theirs up.
export class Times {
  counts = {};

  note(milliseconds) {
    const bin = Math.round(milliseconds * 10);
    this.counts[bin] = (this.counts[bin] ?? 0) + 1;
  }

  add(counts) {
    for (const [bin, count] of Object.entries(counts)) this.counts[bin] = (this.counts[bin] ?? 0) + count;
  }

  // The duration that so much of all (0 to 1) is not above.
  at(share) {
    const bins = Object.entries(this.counts).sort(([one], [other]) => one - other);
    let left = share * bins.reduce((sum, [, count]) => sum + count, 0);
    for (const [bin, count] of bins) {
      left -= count;
      if (left <= 0) return bin / 10;
    }
    return 0;
  }
}

export const median = (numbers) => [...numbers].sort((one, other) => one - other)[Math.floor(numbers.length / 2)];

// "45 (41-52)": the median of rounds and their spread.
export function spread(numbers, digits = 0) {
  const [low, mid, high] = [Math.min(...numbers), median(numbers), Math.max(...numbers)];
  return `${mid.toFixed(digits)} (${low.toFixed(digits)}-${high.toFixed(digits)})`;
}
