import type { ArmColumn } from '../../models/armRows';
import type { PageState } from '../../state';
import { Icon } from '../shared/icon';

/** The head of a column by which a table is sorted: largest first, then smallest first. */
export function SortHead(props: {
  column: ArmColumn;
  name: string;
  order: PageState['armOrder'];
  sort: (order: PageState['armOrder']) => void;
}) {
  const { column, order } = props;
  const here = order.column === column;
  const ascending = here && order.ascending;
  return (
    <th scope="col" aria-sort={here ? (ascending ? 'ascending' : 'descending') : 'none'}>
      <button
        type="button"
        class="cell"
        onClick={() => {
          props.sort({ column, ascending: here ? !order.ascending : column === 'title' });
        }}
      >
        {props.name}
        {here && <Icon name={ascending ? 'arrow-up' : 'arrow-down'} />}
      </button>
    </th>
  );
}
