/** Starts the runtime when the server starts. */
export async function register(): Promise<void> {
  // biome-ignore lint/style/noProcessEnv: the bundler drops the import for the edge by this very expression
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  const { startRuntime } = await import('@/lib/server/start')
  startRuntime()
}
