#!/usr/bin/env bash
# Makes FOLDER a small Windows on Debian 12, by Wine 8: PowerShell 7 for Windows with Pester on .NET 10.
# Usage: make_rig.sh FOLDER REPOSITORY   REPOSITORY is seen as drive Z:, FOLDER/share as \\nas\share.
# Needs the .NET 10 SDK; installs Wine, mingw, wixl and msitools where they are missing. A folder that is finished is
# taken as it is. Leaves FOLDER/win PROGRAM ARGUMENTS and FOLDER/winpwsh ARGUMENTS (PowerShell with a console).
set -euo pipefail
mkdir -p "$1"
rig=$(cd "$1" && pwd)
repository=$(cd "$2" && pwd)
native=$(cd "$(dirname "$0")/native" && pwd)
powershell=7.6.9 net=10.0.12 pester=6.2.0
export WINEPREFIX=$rig/prefix WINEDEBUG=-all
unset DOTNET_STARTUP_HOOKS
c=$WINEPREFIX/drive_c
programs="$c/Program Files"

# The same rig for the same recipe.
recipe=$(cat "$0" "$native"/* | sha256sum | cut -c1-16)
if [ "$(cat "$rig/finished" 2>/dev/null)" = "$recipe" ]; then
  ln -sfn "$repository" "$WINEPREFIX/dosdevices/z:"
  exit 0
fi
rm -rf "$rig/prefix" "$rig/finished"

command -v dotnet >/dev/null || { echo 'The .NET 10 SDK is missing' >&2; exit 1; }
missing=()
need() { command -v "$1" >/dev/null || missing+=("$2"); }
need wine wine64
need wine wine
need x86_64-w64-mingw32-gcc gcc-mingw-w64-x86-64
need wixl wixl
need msibuild msitools
if [ "${#missing[@]}" -gt 0 ]; then
  as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo -E "$@"; fi; }
  as_root apt-get -o DPkg::Lock::Timeout=600 update -qq
  DEBIAN_FRONTEND=noninteractive as_root apt-get -o DPkg::Lock::Timeout=600 install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi

cd "$rig"
mkdir -p share build
dotnet package download -v q -o nuget "PowerShell@$powershell" "Pester@$pester" \
  "Microsoft.NETCore.App.Runtime.win-x64@$net" "Microsoft.WindowsDesktop.App.Runtime.win-x64@$net" >/dev/null

# A Windows 10. Without drive of the root: its label would be asked for on standard error.
wineboot -i >/dev/null 2>&1 </dev/null
wine reg add 'HKCU\Software\Wine' /v Version /d win10 /f >/dev/null 2>&1 </dev/null
ln -sfn "$repository" "$WINEPREFIX/dosdevices/z:"
mkdir -p "$WINEPREFIX/dosdevices/unc/nas"
ln -sfn "$rig/share" "$WINEPREFIX/dosdevices/unc/nas/share"

resolver="$programs/dotnet/host/fxr/$net"
mkdir -p "$resolver" "$programs/PowerShell"
for part in NETCore WindowsDesktop; do
  framework="$programs/dotnet/shared/Microsoft.$part.App/$net"
  mkdir -p "$framework"
  package=nuget/microsoft.${part,,}.app.runtime.win-x64/$net/runtimes/win-x64
  cp -r "$package"/lib/net10.0/. "$framework/"
  cp -r "$package"/native/. "$framework/"
done
mv "$programs/dotnet/shared/Microsoft.NETCore.App/$net/hostfxr.dll" "$resolver/"
cp -r "nuget/powershell/$powershell/tools/net10.0/any/win" "$programs/PowerShell/7"
mkdir -p "$programs/PowerShell/Modules/Pester"
cp -rT "nuget/pester/$pester/tools" "$programs/PowerShell/Modules/Pester/$pester"

compile() { x86_64-w64-mingw32-gcc -O1 "$@"; }
compile -shared -o build/bcryptprimitives.dll "$native/prng.c" -ladvapi32
compile -shared -o "$c/windows/winefix.dll" "$native/winefix.c"
compile -municode -o "$c/windows/conrun.exe" "$native/conrun.c"
compile -municode -DPROGRAM='L"\"C:\\Program Files\\PowerShell\\7\\pwsh.exe\" "' \
  -o "$c/windows/system32/WindowsPowerShell/v1.0/powershell.exe" "$native/conrun.c"
# Wine's own takes every order and does nothing.
compile -municode -DPROGRAM='L"\"C:\\Program Files\\PowerShell\\7\\pwsh.exe\" -NoLogo -NoProfile -NonInteractive -File C:\\windows\\Invoke-TaskOrder.ps1 "' \
  -o "$c/windows/system32/schtasks.exe" "$native/conrun.c"
cp "$native/Invoke-TaskOrder.ps1" "$c/windows/"
mkdir -p build/hook
cp "$native/hook.cs" build/hook/
echo '<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework><AssemblyName>startuphook</AssemblyName></PropertyGroup></Project>' >build/hook/hook.csproj
dotnet build -v q -c Release -o build/hook/out build/hook >/dev/null
cp build/hook/out/startuphook.dll "$c/windows/"

# W^X off: with it, Wine 8 breaks the freeing of dynamic methods ("Internal CLR error 0x80131506").
cat >win <<X
#!/bin/sh
export WINEPREFIX='$rig/prefix' WINEDEBUG=-all WINEDLLOVERRIDES=schtasks.exe=n
export DOTNET_EnableWriteXorExecute=0 DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 DOTNET_STARTUP_HOOKS='C:\\windows\\startuphook.dll'
export POWERSHELL_TELEMETRY_OPTOUT=1 POWERSHELL_UPDATECHECK=Off
cd '$c' && exec wine "\$@"
X
printf '#!/bin/sh\nexec "%s/win" "C:\\windows\\conrun.exe" "C:\\Program Files\\PowerShell\\7\\pwsh.exe" -NoLogo -NoProfile -NonInteractive "$@"\n' "$rig" >winpwsh
chmod +x win winpwsh
echo "$recipe" >finished
