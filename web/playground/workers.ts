import EditorWorker from 'monaco-editor/esm/vs/editor/editor.worker.js?worker';
import JsonWorker from 'monaco-editor/esm/vs/language/json/json.worker.js?worker';
import GraphQLWorker from 'monaco-graphql/esm/graphql.worker.js?worker';

// The editor asks for its workers by label. Bundling them here keeps them on this origin.
Object.assign(globalThis, { MonacoEnvironment: { getWorker } });

function getWorker(_id: string, label: string): Worker {
  switch (label) {
    case 'json':
      return new JsonWorker();
    case 'graphql':
      return new GraphQLWorker();
    default:
      return new EditorWorker();
  }
}
