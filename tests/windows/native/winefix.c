/*
 * Loaded into each .NET process by a startup hook: makes good two faults of Wine 8's ntdll that .NET 10 meets.
 */
#include <windows.h>

typedef struct {
  USHORT length, capacity;
  WCHAR *text;
} UnicodeString;

typedef struct Frame {
  struct Frame *previous;
} Frame;

typedef NTSTATUS(NTAPI *QueryDirectory)(HANDLE, HANDLE, PVOID, PVOID, PVOID, PVOID, ULONG, int, BOOLEAN,
                                        UnicodeString *, BOOLEAN);

static QueryDirectory original;

/*
 * The wildcards of DOS (" < >) are unknown to Wine: `cmd.*`, which .NET hands on as `cmd"*`, finds nothing, and so
 * PowerShell finds no program on PATH. Such a mask is dropped; .NET filters once more by itself.
 */
static NTSTATUS NTAPI query_directory(HANDLE file, HANDLE event, PVOID routine, PVOID context, PVOID status, PVOID buffer,
                                      ULONG length, int class, BOOLEAN single, UnicodeString *mask, BOOLEAN restart) {
  for (int i = 0; mask && i < mask->length / 2; i++) {
    if (mask->text[i] == '"' || mask->text[i] == '<' || mask->text[i] == '>') mask = NULL;
  }
  return original(file, event, routine, context, status, buffer, length, class, single, mask, restart);
}

/*
 * Wine links a frame into the thread's list around each language handler. .NET jumps out of its own, so the frame
 * stays, and a later exception would call into what lies there by then: frames below the stack pointer are unlinked.
 */
static LONG CALLBACK unlink_stale_frames(EXCEPTION_POINTERS *exception) {
  NT_TIB *thread = (NT_TIB *)NtCurrentTeb();
  Frame *const end = (Frame *)-1;
  Frame *frame = (Frame *)thread->ExceptionList;
  while (frame != end && (ULONG64)frame < exception->ContextRecord->Rsp) {
    Frame *const next = frame->previous;
    const BOOL sane = next > frame && next < (Frame *)thread->StackBase && ((ULONG64)next & 7) == 0;
    frame = sane ? next : end;
  }
  thread->ExceptionList = (void *)frame;
  return EXCEPTION_CONTINUE_SEARCH;
}

BOOL WINAPI DllMain(HINSTANCE dll, DWORD reason, PVOID reserved) {
  (void)dll;
  (void)reserved;
  BYTE *const entry = (BYTE *)GetProcAddress(GetModuleHandleA("ntdll"), "NtQueryDirectoryFile");
  /* mov r10, rcx: what a system call's entry begins with; anything else is not ours to change. */
  if (reason != DLL_PROCESS_ATTACH || original || entry[0] != 0x4c) return TRUE;
  BYTE *const copy = VirtualAlloc(NULL, 64, MEM_COMMIT | MEM_RESERVE, PAGE_EXECUTE_READWRITE);
  if (!copy) return TRUE;
  /* A system call's entry does not depend on where it lies, so it can be copied. */
  CopyMemory(copy, entry, 32);
  original = (QueryDirectory)copy;

  DWORD protection;
  VirtualProtect(entry, 12, PAGE_EXECUTE_READWRITE, &protection);
  entry[0] = 0x48; /* mov rax, query_directory */
  entry[1] = 0xb8;
  *(void **)(entry + 2) = (void *)query_directory;
  entry[10] = 0xff; /* jmp rax */
  entry[11] = 0xe0;
  VirtualProtect(entry, 12, protection, &protection);
  FlushInstructionCache(GetCurrentProcess(), entry, 12);
  return AddVectoredExceptionHandler(1, unlink_stale_frames) != NULL;
}
