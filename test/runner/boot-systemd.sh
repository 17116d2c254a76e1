#!/bin/sh
# Boots a real systemd in namespaces of its own, with the units of this checkout: boot-systemd.sh NETNS CHECKOUT FOLDER.
# Its network is that of a namespace of the test LAN. /etc, /var and /opt are copies in FOLDER that go when it ends.
set -e
netns=$1 checkout=$2 folder=$3
if [ "$4" != inside ]; then
  # Of all process groups of the kernel it may see and end those below this one only.
  for root in /sys/fs/cgroup /sys/fs/cgroup/systemd /sys/fs/cgroup/unified; do
    [ -e "$root/cgroup.procs" ] || continue
    mkdir "$root/rollcall-test-$$"
    echo $$ > "$root/rollcall-test-$$/cgroup.procs"
  done
  exec ip netns exec "$netns" unshare --mount --pid --fork --cgroup --uts --ipc --mount-proc --kill-child "$0" "$@" inside
fi

mount --make-rprivate /
mount -t tmpfs tmpfs "$folder"
mkdir "$folder/opt"
mount --bind "$folder/opt" /opt
mkdir /opt/rollcall
mount --bind "$checkout" /opt/rollcall
for place in etc var; do
  mkdir "$folder/$place" "$folder/$place.work"
  mount -t overlay overlay -o "lowerdir=/$place,upperdir=$folder/$place,workdir=$folder/$place.work" "/$place"
done
mount -t tmpfs tmpfs /run
mount -t cgroup2 cgroup2 /sys/fs/cgroup
rm -rf /etc/systemd/system /etc/rollcall
mkdir -p /etc/systemd/system /etc/rollcall /run/systemd/system

# Nothing is started but what the units of Rollcall need themselves.
for unit in sysinit.target basic.target network-online.target; do
  printf '[Unit]\nDescription=nothing\nDefaultDependencies=no\n' > "/run/systemd/system/$unit"
  mkdir -p "/etc/systemd/system/$unit.d"
done
for wants in /lib/systemd/system/*.wants /usr/lib/systemd/system/*.wants; do
  [ ! -d "$wants" ] || mount -t tmpfs tmpfs "$wants"
done
/opt/rollcall/bin/rollcall systemd install
systemd-sysusers /etc/sysusers.d/rollcall.conf
printf '[Unit]\nDescription=test\nRequires=rollcall-runner.socket\n' > /run/systemd/system/rollcall-test.target
exec env -i container=rollcall-test PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
  SYSTEMD_PROC_CMDLINE='systemd.unified_cgroup_hierarchy=1' \
  "$(command -v /lib/systemd/systemd || command -v /usr/lib/systemd/systemd)" --system --unit=rollcall-test.target --log-target=console --show-status=0
