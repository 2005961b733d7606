// What this person may do in the house, as the server’s answer about the session tells it; see permissions.ts there.
import { useCallback } from 'react';
import { type AnswerOf, useCall } from './api.ts';

/** Something one may be allowed to do. */
export type Permission = keyof AnswerOf<'GET /session'>['may'];

/** Whether this person may do something in the house. */
export function useHouseMay(): (permission: Permission) => boolean {
  const may = useCall('GET /session', {}).data?.may;
  return useCallback((permission) => may !== undefined && permission in may, [may]);
}
