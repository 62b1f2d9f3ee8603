import { Kind, parse, type OperationDefinitionNode } from 'graphql';

/**
 * The operation that a request runs: the only one, or the one of that name. Undefined if the text doesn't parse or the
 * name doesn't decide; the server then says what is wrong.
 */
export function chosenOperation(query: string, name?: string | null): OperationDefinitionNode | undefined {
  const operations = operationsIn(query);
  return operations.length === 1 ? operations[0] : operations.find((operation) => operation.name?.value === name);
}

function operationsIn(query: string): OperationDefinitionNode[] {
  try {
    return parse(query, { noLocation: true }).definitions.filter(
      (definition) => definition.kind === Kind.OPERATION_DEFINITION,
    );
  } catch {
    return [];
  }
}
