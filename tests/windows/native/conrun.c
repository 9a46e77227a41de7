/*
 * conrun PROGRAM ARGUMENTS gives PROGRAM a hidden console of its own and passes on the three handles and the exit
 * code. Where a PowerShell has no console, as under Wine with all three handles redirected, it does nothing and ends
 * with 0.
 *
 * Built with PROGRAM defined, it is a program that starts that one: Wine's powershell.exe, too, does nothing and ends
 * with 0, so this takes its place and starts PowerShell 7.
 */
#define _WIN32_WINNT 0x0A00
#include <windows.h>

/* PROC_THREAD_ATTRIBUTE_PSEUDOCONSOLE, which mingw 12 does not name. */
#define PSEUDO_CONSOLE 0x00020016

typedef HRESULT(WINAPI *CreateConsole)(COORD, HANDLE, HANDLE, DWORD, void **);

/* What is drawn on the console nobody reads; unread, its pipe would fill and stop the program. */
static DWORD WINAPI drain(void *handle) {
  char buffer[4096];
  DWORD length;
  while (ReadFile(handle, buffer, sizeof buffer, &length, NULL) && length > 0) {
  }
  return 0;
}

/* Our command line without its first word. */
static WCHAR *arguments(void) {
  WCHAR *at = GetCommandLineW();
  BOOL quoted = FALSE;
  for (; *at && (quoted || (*at != ' ' && *at != '\t')); at++) {
    if (*at == '"') quoted = !quoted;
  }
  while (*at == ' ' || *at == '\t') at++;
  return at;
}

int wmain(void) {
  WCHAR *line = arguments();
#ifdef PROGRAM
  static WCHAR whole[32768] = PROGRAM;
  line = wcscat(whole, line);
#endif
  CreateConsole create = (CreateConsole)(void *)GetProcAddress(GetModuleHandleA("kernelbase"), "CreatePseudoConsole");
  HANDLE in_read, in_write, out_read, out_write, handles[3];
  void *console;
  COORD size = {200, 50};
  if (!create || !CreatePipe(&in_read, &in_write, NULL, 0) || !CreatePipe(&out_read, &out_write, NULL, 0) ||
      create(size, in_read, out_write, 0, &console) != S_OK) {
    return 251;
  }
  CreateThread(NULL, 0, drain, out_read, 0, NULL);

  STARTUPINFOEXW start = {{sizeof start}};
  SIZE_T length = 0;
  InitializeProcThreadAttributeList(NULL, 1, 0, &length);
  start.lpAttributeList = HeapAlloc(GetProcessHeap(), 0, length);
  InitializeProcThreadAttributeList(start.lpAttributeList, 1, 0, &length);
  UpdateProcThreadAttribute(start.lpAttributeList, 0, PSEUDO_CONSOLE, console, sizeof console, NULL, NULL);
  for (int i = 0; i < 3; i++) {
    HANDLE self = GetCurrentProcess();
    DuplicateHandle(self, GetStdHandle(STD_INPUT_HANDLE - i), self, &handles[i], 0, TRUE, DUPLICATE_SAME_ACCESS);
  }
  start.StartupInfo.dwFlags = STARTF_USESTDHANDLES;
  start.StartupInfo.hStdInput = handles[0];
  start.StartupInfo.hStdOutput = handles[1];
  start.StartupInfo.hStdError = handles[2];
  PROCESS_INFORMATION child;
  if (!CreateProcessW(NULL, line, NULL, NULL, TRUE, EXTENDED_STARTUPINFO_PRESENT, NULL, NULL, &start.StartupInfo,
                      &child)) {
    return 252;
  }
  for (int i = 0; i < 3; i++) CloseHandle(handles[i]);
  WaitForSingleObject(child.hProcess, INFINITE);
  DWORD code = 253;
  GetExitCodeProcess(child.hProcess, &code);
  return (int)code;
}
