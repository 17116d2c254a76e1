import { operations } from '../operations.ts';

export const settingsHandlers = () => ({
  get: operations.settings.get.handler(({ context }) => {
    const { file, settings } = context.keeper.settings();
    return { file, settings: settings.map((setting) => ({ ...setting })) };
  }),
});
