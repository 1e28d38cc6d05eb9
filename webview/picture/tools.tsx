import { useState } from 'preact/hooks';
import type { ChartFormat } from '../../src/messages';
import { useChartKit } from '../chart/kit';
import { IconButton } from '../parts/shared/icon';
import { Menu } from '../parts/shared/menu';
import { exportPicture } from './export';
import type { Picture } from './picture';

const formats: { format: ChartFormat; title: string }[] = [
  { format: 'png', title: 'PNG picture' },
  { format: 'svg', title: 'SVG picture' },
  { format: 'csv', title: 'CSV data' },
];

/** Export of a picture, by its menu or by the palette's command for the last one used. */
export function usePicture(picture: Picture, width: number) {
  const kit = useChartKit();
  const [menu, setMenu] = useState(false);
  const exportAs = (format: ChartFormat) => exportPicture(picture, width, kit.palette, format);
  return {
    menu,
    setMenu,
    use: () => {
      kit.use(exportAs);
    },
    save: (format: ChartFormat) => {
      void exportAs(format).then(kit.post);
    },
  };
}

/** The buttons next to a picture's title. */
export function PictureTools(props: {
  picture: Picture;
  tools: ReturnType<typeof usePicture>;
  /** Null where it is a table already. */
  asTable: boolean | null;
}) {
  const { picture, tools, asTable } = props;
  const kit = useChartKit();
  return (
    <span class="tools">
      {asTable !== null && (
        <IconButton
          icon="table"
          label={`${picture.title} as a table`}
          pressed={asTable}
          onClick={() => {
            kit.toggleTable(picture.id);
          }}
        />
      )}
      <Menu
        icon="export"
        label={`Export ${picture.title}`}
        open={tools.menu}
        onOpen={tools.setMenu}
        items={formats.map(({ format, title }) => ({
          title,
          run: () => {
            tools.save(format);
          },
        }))}
      />
    </span>
  );
}
