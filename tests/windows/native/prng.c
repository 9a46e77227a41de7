/* bcryptprimitives.dll: the one function that deno.exe takes from it and that Wine 8 lacks. */
#include <windows.h>

/* RtlGenRandom under the name by which advapi32 exports it. */
BOOLEAN NTAPI SystemFunction036(PVOID buffer, ULONG length);

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE buffer, SIZE_T length) {
  return SystemFunction036(buffer, (ULONG)length);
}
