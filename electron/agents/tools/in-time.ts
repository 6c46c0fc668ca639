/** The answer, if it comes in time; the work goes on either way. @throws when it takes longer than `limitMs`, or what the work throws. */
export async function inTime<T>(work: Promise<T>, limitMs: number): Promise<T> {
  work.catch(() => undefined);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('The system takes too long.')), limitMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
