// Buttons and links that look like buttons.
import type { ReactNode } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components';
import { Link } from 'wouter';
import style from './button.module.css';
import { classes } from './classes.ts';

/** `primary` is the one next step of a screen; `quiet` has no frame; `danger` takes something away. */
export type ButtonKind = 'plain' | 'primary' | 'quiet' | 'danger';

/** What a button is given, beside what React Aria's takes (`onPress`, `isDisabled`, `type` …). */
export interface ButtonProps extends Omit<AriaButtonProps, 'className' | 'children' | 'style'> {
  kind?: ButtonKind;
  small?: boolean;
  /** The key that does the same; shown beside the words. */
  shortcut?: string;
  className?: string;
  children: ReactNode;
}

const ignore = () => {};

/**
 * A button. With `isPending` it keeps its focus and does nothing more until that is over. React Aria's own pending state
 * is not used: it announces the button by reference, and leaves an image without a name behind when the screen changes.
 */
export function Button({
  kind = 'plain',
  small,
  shortcut,
  className,
  isPending,
  children,
  ...rest
}: ButtonProps): ReactNode {
  const pending = isPending ? { onPress: ignore, type: 'button' as const, 'data-pending': true } : {};
  return (
    <AriaButton
      {...rest}
      {...pending}
      className={classes(style.button, style[kind], small && style.small, className) ?? ''}
    >
      {children}
      {shortcut && <Key>{shortcut}</Key>}
    </AriaButton>
  );
}

/** A button with a sign instead of words; `label` is its name and its tooltip. */
export function IconButton({
  label,
  children,
  className,
  ...rest
}: Omit<ButtonProps, 'kind' | 'small'> & { label: string }): ReactNode {
  return (
    <AriaButton {...rest} aria-label={label} className={classes(style.button, style.icon, className) ?? ''}>
      {/* React Aria takes no title; the sign carries it. */}
      <span title={label} className={style.sign}>
        {children}
      </span>
    </AriaButton>
  );
}

/** A link that looks like a button. `outside` is for addresses the desk does not draw itself: downloads, public pages. */
export function LinkButton({
  href,
  kind = 'plain',
  small,
  outside,
  download,
  className,
  children,
}: {
  href: string;
  kind?: ButtonKind;
  small?: boolean;
  outside?: boolean;
  download?: boolean;
  className?: string;
  children: ReactNode;
}): ReactNode {
  const name = classes(style.button, style[kind], small && style.small, className);
  if (outside || download) {
    return (
      <a href={href} className={name} download={download}>
        {children}
      </a>
    );
  }
  return (
    <Link href={href} className={name}>
      {children}
    </Link>
  );
}

/** A key of the keyboard, as printed on it. */
export function Key({ children }: { children: ReactNode }): ReactNode {
  return <kbd className={style.key}>{children}</kbd>;
}
