// The scalars of the API, for GraphQL Code Generator: codegen.ts begins with them.
export const scalars = {
  ID: 'string',
  Cents: 'number', // minor units; no sum of the API goes beyond what a number holds exactly
  DateTime: 'string', // RFC 3339, in UTC
  Cursor: 'string', // opaque
  LocalTime: 'string', // HH:MM
  Date: 'string', // YYYY-MM-DD
};

export default {
  schema: 'http://localhost:8080/graphql',
  documents: 'src/**/*.tsx',
  generates: {
    'src/gql/': { preset: 'client', config: { scalars, strictScalars: true, enumsAsTypes: true } },
  },
};
