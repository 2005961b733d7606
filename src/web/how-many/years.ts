// The years that figures are of, in words: their days and months differ in how precisely they are known.
import { useMessages } from '../../ui/messages.tsx';

/** The years from one day to another: "2014–2021", or "2021". */
export function useYears(): (from: string, to: string) => string {
  const { formatDate } = useMessages();
  return (from, to) => {
    const [first, last] = [from.slice(0, 4), to.slice(0, 4)];
    return formatDate(first === last ? first : `${first}/${last}`);
  };
}
