import type { CodegenConfig } from '@graphql-codegen/cli';

const config: CodegenConfig = {
  schema: '../docs/schema.graphql',
  documents: ['shop/**/*.graphql', 'shared/**/*.graphql'],
  generates: {
    // No operation answers these enums, and the app has words for each of their values.
    'shared/api/gql/codes.ts': { plugins: ['typescript'], config: { onlyEnums: true, enumsAsTypes: true } },
    'shared/api/gql/graphql.ts': {
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
    },
  },
};

export default config;
