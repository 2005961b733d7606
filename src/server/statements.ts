// Statements over HTTP.
import { StatementContent } from '../record/statement.ts';
import { recordEndpoints } from './records.ts';

export const statements = recordEndpoints('statement', 'statements', StatementContent);
