import type { CodegenConfig } from '@graphql-codegen/cli';

/** What an app asks: its own operations, and those that apps share. One file each, so that no app carries another's texts. */
const operations = (app: string) => ({
  documents: [`${app}/**/*.graphql`, 'shared/**/*.graphql'],
  plugins: ['typescript-operations', 'typed-document-node'],
  config: {
    // Texts are a third of the trees that are made of them; urql, which the app has anyhow, makes those.
    documentMode: 'graphQLTag',
    gqlImport: 'urql#gql',
    documentNodeImport: '@graphql-typed-document-node/core#TypedDocumentNode',
    scalars: {
      ID: 'string',
      Cents: 'number', // minor units; no sum of the API goes beyond what a number holds exactly
      DateTime: 'string', // RFC 3339, in UTC
      Cursor: 'string', // opaque
      LocalTime: 'string', // HH:MM
      Date: 'string', // YYYY-MM-DD
    },
    strictScalars: true,
    enumsAsTypes: true,
    useTypeImports: true,
    dedupeFragments: true,
    immutableTypes: true,
  },
});

const config: CodegenConfig = {
  schema: '../docs/schema.graphql',
  generates: {
    // No operation answers these enums, and the app has words for each of their values.
    'shared/api/gql/codes.ts': { plugins: ['typescript'], config: { onlyEnums: true, enumsAsTypes: true } },
    'shared/api/gql/graphql.ts': operations('shop'),
    'kitchen/gql/graphql.ts': operations('kitchen'),
  },
};

export default config;
