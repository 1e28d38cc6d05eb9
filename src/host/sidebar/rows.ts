import { l10n } from 'vscode';
import { armRow, sweepRow } from './armRows';
import { experimentRow, startRow } from './experimentRow';
import { memberRow, networkRow, teacherRow } from './networkRows';
import type { Node } from './nodes';
import { row, type Row } from './row';
import { foldedRow, seedRow, statusLook } from './runRow';

export function treeRow(node: Node): Row {
  switch (node.kind) {
    case 'experiment':
      return experimentRow(node.view);
    case 'problem':
      return row({
        label: l10n.t('The config files have errors'),
        description: node.text,
        ...statusLook.failed,
        context: 'problem',
        opens: 'problem',
      });
    case 'teacher':
      return teacherRow(node.view, node.runView);
    case 'member':
      return memberRow(node.view, node.runView);
    case 'student':
      return networkRow(l10n.t('Student'), 'person', 'student', node.view.networks.student);
    case 'start':
      return startRow(node.view);
    case 'arm':
      return armRow(node.view, node);
    case 'seed':
      return seedRow(node.view, node.runView, node.cell);
    case 'sweep':
      return sweepRow(node);
    case 'folded':
      return foldedRow(node);
  }
}
