// Facets beside a list: what its records have in common, with how often, to narrow the list by.
import { type ReactNode, useState } from 'react';
import { Button, IconButton } from './button.tsx';
import style from './facets.module.css';
import { useMessages } from './messages.tsx';

/** One value of a facet. */
export interface FacetValue {
  /** As the address has it; null stands for records that give nothing here, which cannot be chosen. */
  value: string | null;
  label: string;
  /** How many records it would leave; null where that is not known (yet). */
  count: number | null;
}

/** A facet with its values, the chosen ones among them. */
export interface FacetGroup {
  name: string;
  label: string;
  values: readonly FacetValue[];
  chosen: readonly string[];
}

/** How many values a facet shows before somebody asks for more. */
const SHOWN = 6;

/** Facets, each a group of boxes to tick; the values of one are alternatives. */
export function Facets({
  groups,
  onChange,
}: {
  groups: readonly FacetGroup[];
  onChange: (name: string, chosen: string[]) => void;
}): ReactNode {
  return (
    <div className={style.facets}>
      {groups
        .filter((group) => group.values.length > 0)
        .map((group) => (
          <Group key={group.name} group={group} onChange={(chosen) => onChange(group.name, chosen)} />
        ))}
    </div>
  );
}

function Group({ group, onChange }: { group: FacetGroup; onChange: (chosen: string[]) => void }): ReactNode {
  const { t, formatNumber } = useMessages();
  const [isOpen, setOpen] = useState(false);
  const { values, chosen, label } = group;
  // What is chosen stays in sight, however rare it is.
  const shown = isOpen
    ? values
    : values.filter(({ value }, index) => index < SHOWN || (value !== null && chosen.includes(value)));
  return (
    <fieldset className={style.group}>
      <legend>{label}</legend>
      <ul>
        {shown.map(({ value, label: name, count }) => (
          <li key={value ?? ''}>
            {value === null ? (
              <span className={style.absent}>
                <span className={style.name}>{name}</span>
                <span className={style.count}>{count === null ? '' : formatNumber(count)}</span>
              </span>
            ) : (
              <label className={style.value}>
                <input
                  type="checkbox"
                  checked={chosen.includes(value)}
                  onChange={(event) =>
                    onChange(
                      event.target.checked ? [...chosen, value] : chosen.filter((one) => one !== value),
                    )
                  }
                />
                <span className={style.name} dir="auto">
                  {name}
                </span>
                <span className={style.count}>{count === null ? '' : formatNumber(count)}</span>
              </label>
            )}
          </li>
        ))}
      </ul>
      {values.length > shown.length || isOpen
        ? values.length > SHOWN && (
            <Button kind="quiet" small aria-expanded={isOpen} onPress={() => setOpen(!isOpen)}>
              {isOpen
                ? t('desk.facets.less')
                : t('desk.facets.more', { count: values.length - shown.length })}
            </Button>
          )
        : null}
    </fieldset>
  );
}

/** What a list is narrowed by, each removable; and all of it at once. */
export function Chips({
  chips,
  onClear,
}: {
  chips: readonly { key: string; label: string; remove: () => void }[];
  onClear: () => void;
}): ReactNode {
  const { t } = useMessages();
  if (chips.length === 0) return null;
  return (
    <div className={style.chips}>
      <ul aria-label={t('desk.facets.chosen')}>
        {chips.map(({ key, label, remove }) => (
          <li key={key} className={style.chip}>
            <span dir="auto">{label}</span>
            <IconButton label={t('desk.facets.remove', { label })} onPress={remove}>
              ×
            </IconButton>
          </li>
        ))}
      </ul>
      <Button kind="quiet" small className={style.clear ?? ''} onPress={onClear}>
        {t('desk.facets.clear')}
      </Button>
    </div>
  );
}
