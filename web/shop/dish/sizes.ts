import type { I18n, MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { ItemSize } from '../../shared/api/gql/graphql.ts';

const names: Readonly<Record<ItemSize, MessageDescriptor>> = {
  SMALL: msg`Small`,
  MEDIUM: msg`Medium`,
  LARGE: msg`Large`,
  ONE_SIZE: msg`One size`,
};

export const sizeName = (i18n: I18n, size: ItemSize) => i18n._(names[size]);
