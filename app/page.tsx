export default function Page() {
  return <main>Halftone</main>
}
