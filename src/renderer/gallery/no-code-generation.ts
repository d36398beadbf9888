/** First import of the gallery: it keeps the windows' policy, which forbids the parser's generated code. */
import { z } from 'zod';

z.config({ jitless: true });
