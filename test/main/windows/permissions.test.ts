import { describe, expect, it } from 'vitest';
import { mayRequest, mayUse } from '../../../src/main/windows/permissions';

const ours = { origin: 'app://desk/', isMainFrame: true };

describe('what a page may do without asking', () => {
  it('is to name loudspeakers and choose one', () => {
    expect(mayUse({ ...ours, permission: 'media', mediaType: 'audio' })).toBe(true);
    expect(mayUse({ ...ours, permission: 'speaker-selection' })).toBe(true);
  });

  it.each([
    { ...ours, permission: 'media', mediaType: 'video' },
    { ...ours, permission: 'media', mediaType: 'unknown' },
    { ...ours, permission: 'media' },
    { ...ours, permission: 'geolocation' },
    { ...ours, permission: 'notifications' },
    { permission: 'media', mediaType: 'audio', origin: 'app://desk', isMainFrame: false },
    { permission: 'media', mediaType: 'audio', origin: 'app://elsewhere', isMainFrame: true },
    { permission: 'media', mediaType: 'audio', origin: 'https://desk', isMainFrame: true },
    { permission: 'media', mediaType: 'audio', origin: '', isMainFrame: true },
  ])('is not $permission $mediaType from "$origin"', (asking) => {
    expect(mayUse(asking)).toBe(false);
    expect(mayRequest(asking)).toBe(false);
  });
});

describe('what a page is granted when it asks', () => {
  it('is the choice of a loudspeaker, and never to listen', () => {
    expect(mayRequest({ ...ours, permission: 'speaker-selection' })).toBe(true);
    for (const permission of ['media', 'display-capture', 'clipboard-read', 'openExternal', 'fileSystem']) {
      expect(mayRequest({ ...ours, permission, mediaType: 'audio' })).toBe(false);
    }
  });
});
