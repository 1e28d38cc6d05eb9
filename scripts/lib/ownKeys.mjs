import ts from 'typescript';

/** An ESLint rule: `record[key]` finds inherited keys, so a key that may come from a file must go through `own`. */
export const ownKeys = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      inherited:
        'With a key from a file this reaches what objects inherit (“constructor”, “__proto__”): read with own(record, key) of src/own.ts, build with Object.fromEntries, or use a Map.',
    },
  },
  create(context) {
    const { parserServices: services } = context.sourceCode;
    return {
      'MemberExpression[computed=true]'(node) {
        const { flags } = services.getTypeAtLocation(node.property);
        if (flags & (ts.TypeFlags.String | ts.TypeFlags.Any))
          context.report({ node, messageId: 'inherited' });
      },
    };
  },
};
