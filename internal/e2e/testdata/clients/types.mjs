// Generates the types of the schema that the server tells, with the documented scalars, and prints them.
import { codegen } from '@graphql-codegen/core';
import * as typescript from '@graphql-codegen/typescript';
import { buildClientSchema, getIntrospectionQuery, parse, printSchema } from 'graphql';

import configured from './codegen.mjs';

const answer = await fetch(process.argv[2], {
  method: 'POST',
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify({ query: getIntrospectionQuery() }),
});
const { config } = configured.generates['src/gql/'];
console.log(
  await codegen({
    schema: parse(printSchema(buildClientSchema((await answer.json()).data))),
    documents: [],
    filename: 'graphql.ts',
    config,
    plugins: [{ typescript: {} }],
    pluginMap: { typescript },
  }),
);
