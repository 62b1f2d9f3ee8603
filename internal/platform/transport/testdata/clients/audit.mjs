// Prints one line for each audit of GraphQL over HTTP: its status, id and name, and the reason if it isn't "ok".
import { auditServer } from 'graphql-http';

for (const result of await auditServer({ url: process.argv[2] })) {
  console.log(result.status, result.id, result.name, result.reason ?? '');
}
