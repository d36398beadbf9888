import { useVirtualizer, type Virtualizer, type VirtualizerOptions } from '@tanstack/react-virtual';

type Options = Pick<
  VirtualizerOptions<HTMLDivElement, HTMLElement>,
  'count' | 'getScrollElement' | 'estimateSize' | 'getItemKey' | 'overscan'
> & { scrollMargin?: number };

/** The rows of a long list that are in sight. What it returns changes in place: read it during render only. */
export function useVirtualRows(options: Options): Virtualizer<HTMLDivElement, HTMLElement> {
  // eslint-disable-next-line react-hooks/incompatible-library -- nothing is compiled or memoized over it
  return useVirtualizer<HTMLDivElement, HTMLElement>(options);
}
