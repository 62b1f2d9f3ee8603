// The parts of GraphiQL's style one by one: its bundled sheet carries fonts as data: URLs and the editor's style twice.
import '@fontsource/fira-code/latin-400.css';
import '@graphiql/react/style.css';
import '@graphiql/plugin-doc-explorer/style.css';
import '@graphiql/plugin-history/style.css';
import 'graphiql/graphiql.css';
import './playground.css';
