/** The displays there are, as a setting names them. */
import { screen } from 'electron';
import type { DisplayView } from '../../shared/contract/views';

export function displayViews(): DisplayView[] {
  const primary = screen.getPrimaryDisplay().id;
  return screen.getAllDisplays().map(({ id, label, size, scaleFactor }) => ({
    id,
    label: label.slice(0, 200),
    width: Math.round(size.width * scaleFactor),
    height: Math.round(size.height * scaleFactor),
    primary: id === primary,
  }));
}
