import { cx } from "@emotion/css";
import { Icon } from "@grafana/ui";
import { t } from "../text";
import type { Column } from "./columns";
import { nextOrder, type Order } from "./order";
import type { TableStyles } from "./styles";

export interface TableHeadProps<Row> {
  readonly columns: readonly Column<Row>[];
  readonly tracks: string;
  readonly ticks: boolean;
  /** For readers of the page aloud only. */
  readonly stacked: boolean;
  readonly order: Order | undefined;
  readonly onOrder: ((order: Order) => void) | undefined;
  readonly styles: TableStyles;
}

export function TableHead<Row>({ columns, tracks, ticks, stacked, order, onOrder, styles }: TableHeadProps<Row>) {
  return (
    <thead className={stacked ? styles.offScreen : styles.head}>
      <tr aria-rowindex={1} className={styles.headRow} style={stacked ? {} : { gridTemplateColumns: tracks }}>
        {ticks && (
          <th scope="col" className={styles.cell}>
            <span className="sr-only">{t("table.ticked", "Ticked for comparing")}</span>
          </th>
        )}
        {columns.map((column) => (
          <HeadCell key={column.id} {...{ column, order, styles }} onOrder={stacked ? undefined : onOrder} />
        ))}
      </tr>
    </thead>
  );
}

type HeadCellProps<Row> = Pick<TableHeadProps<Row>, "order" | "onOrder" | "styles"> & { readonly column: Column<Row> };

function HeadCell<Row>({ column, order, onOrder, styles }: HeadCellProps<Row>) {
  const { id, title, align, sortBy } = column;
  const sorted = order?.column === id ? order : undefined;
  return (
    <th
      scope="col"
      className={cx(styles.cell, align === "right" && styles.right)}
      aria-sort={sorted === undefined ? undefined : sorted.descending ? "descending" : "ascending"}
    >
      {sortBy === undefined || onOrder === undefined ? (
        title
      ) : (
        <button type="button" className={styles.sort} onClick={() => onOrder(nextOrder(order, id))}>
          {title}
          {sorted !== undefined && <Icon name={sorted.descending ? "arrow-down" : "arrow-up"} size="sm" />}
        </button>
      )}
    </th>
  );
}
