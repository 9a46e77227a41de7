/// <summary>.NET calls this at the start of each process, by DOTNET_STARTUP_HOOKS: it loads winefix.dll.</summary>
internal class StartupHook
{
    public static void Initialize() => System.Runtime.InteropServices.NativeLibrary.Load(@"C:\windows\winefix.dll");
}
